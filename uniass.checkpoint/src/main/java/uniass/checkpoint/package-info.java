/**
 * Model files: safetensors in and out, PyTorch's {@code .pth} in. Everything that a file says is
 * checked before memory is allocated for it.
 */
package uniass.checkpoint;
