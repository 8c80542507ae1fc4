/** Seconds that a program may run where nothing else is said: Keras's import takes ten of them on a slow machine. */
export const TIME_LIMIT = 180;
