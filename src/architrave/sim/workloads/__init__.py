"""What the parties do in a history. Each module is one kind of work; `WORKLOADS` names them all."""
