/* SPDX-License-Identifier: Apache-2.0 */
package uniass.kura;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** What a component that wires join inspects with. */
@ObjectClassDefinition(
    id = WireInspection.PID,
    name = "UniAS inspection",
    description = "Finds anomalies in the images of records")
public @interface WireConfig {

  /** The model file. */
  @AttributeDefinition(name = "Model", description = "A model file (.safetensors)")
  String model() default "";

  /** The category whose threshold decides. */
  @AttributeDefinition(
      name = "Category",
      description = "Whose threshold decides; empty for the one for all categories",
      required = false)
  String category() default "";

  /** The device to compute on. */
  @AttributeDefinition(name = "Device", description = "auto, cpu or cuda:N", required = false)
  String device() default "auto";
}
