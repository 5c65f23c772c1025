/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.sink;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** A folder of heat maps. */
@ObjectClassDefinition(
    name = "UniAS heat maps",
    description = "Writes the image with the heat map over it, of each result whose map is kept")
public @interface HeatMapsConfig {

  /** The sink's name. */
  @AttributeDefinition(name = "Name", description = "A name for health, metrics and log")
  String name();

  /** Which stations' results it takes. */
  @AttributeDefinition(
      name = "Stations",
      description = "Names of the stations; none for all",
      cardinality = 1000,
      required = false)
  String[] stations() default {};

  /** Where the files lie. */
  @AttributeDefinition(name = "Folder", description = "The folder of the files")
  String folder();

  /** Whether normal images are left out. */
  @AttributeDefinition(
      name = "Anomalous",
      description = "Whether only anomalous images are written",
      required = false)
  boolean anomalous() default true;

  /** How many files are kept. */
  @AttributeDefinition(
      name = "Files",
      description = "Files that are kept; the oldest go first",
      min = "1",
      max = "1000000",
      required = false)
  int files() default 1000;
}
