/* SPDX-License-Identifier: Apache-2.0 */
package uniass.inference;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Which model an {@code Inspector} service opens, and how. */
@ObjectClassDefinition(
    name = "UniAS inspector",
    description = "Opens a trained model and publishes it as an Inspector service")
public @interface InspectorConfig {

  /** The model file. */
  @AttributeDefinition(name = "Model", description = "A model file (.safetensors)")
  String model();

  /** The experiment that describes the network. */
  @AttributeDefinition(
      name = "Experiment",
      description = "Describes the network of a model that does not carry its experiment",
      required = false)
  String experiment() default "";

  /** The device to compute on. */
  @AttributeDefinition(name = "Device", description = "auto, cpu or cuda:N", required = false)
  String device() default "auto";

  /** The category whose threshold decides. */
  @AttributeDefinition(
      name = "Category",
      description = "Whose threshold decides; empty for the one for all categories",
      required = false)
  String category() default "";

  /** Images per forward pass. */
  @AttributeDefinition(
      name = "Batch",
      description = "Images, or tiles, per forward pass: at least 1",
      min = "1",
      required = false)
  int batch() default 8;

  /** How images are cut. */
  @AttributeDefinition(
      name = "Tiles",
      description = "as-trained, none, or height and width of a tile in pixels",
      required = false)
  String tiles() default "as-trained";

  /** How much tiles overlap. */
  @AttributeDefinition(
      name = "Overlap",
      description = "Pixels that neighboring tiles share, if tiles is a size",
      required = false)
  int overlap() default 0;
}
