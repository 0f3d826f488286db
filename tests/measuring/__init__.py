"""Which lines and branches of ours the tests run through, at next to no cost.

SlipCover puts probes into each module of ours as it is imported. `plugin` measures the processes
of pytest, `program` the supervisor where a test starts it as a process of its own. What the
supervisor starts is not measured: other tests run through the same within pytest. Every process
writes down what it saw, and pytest's first unites them in one report.
"""
