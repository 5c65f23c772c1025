/** Rewrites model files, also PyTorch's, as safetensors. */
package uniass.runner.convert;
