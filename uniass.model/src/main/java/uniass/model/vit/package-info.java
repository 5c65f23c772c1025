/** Vision transformers as backbones: DINOv2 and DINOv3, with weights in their published layouts. */
package uniass.model.vit;
