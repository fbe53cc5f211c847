"""The field's own words: incident types, dispositions, unit statuses, languages.

Code values are those of NENA-STA-021.1b, which cites APCO ANS 2.103.2-2019 (incident types),
1.111.2-2018 (dispositions) and 1.116 (unit status). The labels are this project's own.
"""
