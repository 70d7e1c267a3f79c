"""Speed against peers: ratios measured in one run, each work in a process of its own; `python -m benchmarks`."""
