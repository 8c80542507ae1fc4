import numpy as np
import tensorflow as tf
from tensorflow.keras.layers import Dense, Flatten, Conv2D, Lambda, Input, Add
from tensorflow.keras import Model, backend as K


class Agent:
    def __init__(self, state_shape, n_actions, lr=1e-3):
        self.state_shape = state_shape
        self.n_actions = n_actions
        self.lr = lr
        self.model = self._build()
        self.target = self._build()
        self.update_target()

    def _build(self):
        s = Input(self.state_shape)
        x = Conv2D(16, 8, strides=4, activation="relu")(s)
        x = Conv2D(32, 4, strides=2, activation="relu")(x)
        x = Flatten()(x)
        value = Dense(1)(Dense(64, activation="relu")(x))
        adv = Dense(self.n_actions)(Dense(64, activation="relu")(x))
        adv = Lambda(lambda a: a - K.mean(a, axis=1, keepdims=True))(adv)
        q = Add()([value, adv])
        model = Model(s, q)
        model.compile(loss="mse", optimizer=tf.keras.optimizers.Adam(self.lr))
        return model

    def update_target(self):
        self.target.set_weights(self.model.get_weights())

    def act(self, state):
        q = self.model.predict(state[np.newaxis], verbose=0)
        return int(np.argmax(q[0]))


agent = Agent((84, 84, 4), 6)
state = np.zeros((84, 84, 4), dtype="float32")
action = agent.act(state)
states = np.stack([state, state])
q_next = agent.target.predict(states, verbose=0)
best = q_next.max(axis=1)
