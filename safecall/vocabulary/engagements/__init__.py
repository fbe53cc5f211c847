"""The words of an engagement: `occasion` (who turned to whom, over what) and `outcome` (what was
answered, done, and came of it).

One record per communication, request or joint act with an immigration authority. The codes follow
what New Jersey (Directive 2018-6), California (Gov. Code 7284.6), Illinois (5 ILCS 805), Oregon
(HB 3265), New York City (14-154) and Connecticut ask agencies to count; the labels are our own.
There is no code for anybody's status, origin or documents, and there will be none.
"""
