"""Trade in goods by six-digit code: who supplies a party, how concentrated that is, at what price.

`reading` reads files as they are downloaded (BACI, UN Comtrade), `concordance` says which codes
belong to a stage of a product chain, `supplying` who supplies whom, `mirror` where two capitals
tell one trade differently. A weight that is missing is missing: it is never 0.
"""
