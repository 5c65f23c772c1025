/**
 * EfficientNet B0 to B6 and Lite0, frozen, cut after their fourth level. One class per size,
 * because one component is one plug-in name.
 */
package uniass.model.backbone;
