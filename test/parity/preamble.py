import keras
import tensorflow as tf
from keras import layers, ops
from tensorflow.keras import backend as K
class Run(layers.Layer):
    def __init__(self, function):
        super().__init__()
        self.function = function
    def call(self, tensors):
        return self.function(*tensors)
