/** Pretrained weights of EfficientNet-Lite0. */
package uniass.weights.lite0;
