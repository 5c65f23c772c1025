/**
 * Model files: safetensors in and out, PyTorch's {@code .pth} in. Everything that a file says is
 * checked before memory is spent on it.
 */
package uniass.checkpoint;
