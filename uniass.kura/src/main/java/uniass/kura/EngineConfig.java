/* SPDX-License-Identifier: Apache-2.0 */
package uniass.kura;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Which models an inference engine has. */
@ObjectClassDefinition(
    id = InferenceEngine.PID,
    name = "UniAS inference engine",
    description = "Finds anomalies in images, with models that UniAS trained")
public @interface EngineConfig {

  /** Where models lie. */
  @AttributeDefinition(
      name = "Models",
      description = "Folder with model files; NAME.safetensors is the model NAME")
  String models() default "";

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
