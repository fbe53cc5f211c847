"""The figures as open data: tables, what each column means, and two catalogues of them."""
