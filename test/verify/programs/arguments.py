# 0 confirmed, 3 not reached
# ending: the program raises SystemExit at line 8: the following arguments are required: data
import argparse
import keras

parser = argparse.ArgumentParser()
parser.add_argument("data")
given = parser.parse_args()
model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(2)])
