"""A way round a loss: what other suppliers could make instead, at which cost and how soon.

`losses` says what is lost and what each party needs instead; `market` which spare capacity a
coalition of parties can call on; `model` writes the linear programme and `solving` has it solved;
`plans` reads the answer; `pooling` asks it for each alone, every pair and all, and says what they
gain together. `costs` has many cases at once, without a plan: what they cost, and how soon.
"""
