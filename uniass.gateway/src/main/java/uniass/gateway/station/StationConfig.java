/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.station;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** One station: which model inspects, and what happens under load. */
@ObjectClassDefinition(
    name = "UniAS station",
    description = "Inspects the images that sources bring with one model")
public @interface StationConfig {

  /** The station's name. */
  @AttributeDefinition(
      name = "Name",
      description = "A name of letters, digits, '-', '_' and '.', as in addresses: line3")
  String name();

  /** The model. */
  @AttributeDefinition(
      name = "Model",
      description = "A model file (.safetensors, or a jar with one), or name@version of the store")
  String model();

  /** The category whose threshold decides. */
  @AttributeDefinition(
      name = "Category",
      description = "Whose threshold decides; empty for the one common to all",
      required = false)
  String category() default "";

  /** The device. */
  @AttributeDefinition(name = "Device", description = "auto, cpu or cuda:N", required = false)
  String device() default "auto";

  /** How many images may wait. */
  @AttributeDefinition(
      name = "Queue",
      description = "Images that may wait",
      min = "1",
      max = "10000",
      required = false)
  int queue() default 16;

  /** When an image is too old. */
  @AttributeDefinition(
      name = "Deadline",
      description = "Milliseconds after which an image is not inspected any more",
      min = "1",
      max = "3600000",
      required = false)
  int deadline() default 10_000;

  /** What happens when the queue is full. */
  @AttributeDefinition(
      name = "Overload",
      description = "What happens when the queue is full",
      options = {
        @Option(label = "The new image is refused", value = "refuse"),
        @Option(label = "The oldest one makes room", value = "drop-oldest")
      },
      required = false)
  String overload() default "refuse";

  /** Which images and maps are kept for a while. */
  @AttributeDefinition(
      name = "Keep",
      description = "Of which results image and map are kept for a while",
      options = {
        @Option(label = "All", value = "all"),
        @Option(label = "Anomalous ones", value = "anomalous"),
        @Option(label = "None", value = "none")
      },
      required = false)
  String keep() default "all";
}
