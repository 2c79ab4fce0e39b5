"""The planner's board: a plan of exercises over several years, on her own machine.

It is no part of a node: the addresses of the portal do not lead here. `board_server` serves one
folder of tables on 127.0.0.1, under an address that nobody else knows; `board_door` lets nothing
else in. `folder` reads the tables and keeps moves in them, `chart` draws, `board_context`,
`piece_context`, `forces_context` and `proposal_context` build one dataclass of `pages_board` each.
"""
