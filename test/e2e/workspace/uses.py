from blocks import make

model = make(7)
