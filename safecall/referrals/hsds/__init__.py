"""The directory in the form of Open Referral HSDS 3.0: out as JSON or tables, and in again."""
