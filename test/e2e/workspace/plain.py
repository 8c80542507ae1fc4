"""No model in here: Inlayer has nothing to do."""

print(sum(range(10)))
