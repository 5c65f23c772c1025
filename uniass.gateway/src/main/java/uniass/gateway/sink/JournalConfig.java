/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.sink;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** A journal of results. */
@ObjectClassDefinition(
    name = "UniAS journal",
    description = "Appends each result to a file, as one line of JSON")
public @interface JournalConfig {

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
  @AttributeDefinition(name = "Folder", description = "The folder of results.jsonl and older files")
  String folder();

  /** When a new file is begun. */
  @AttributeDefinition(
      name = "Megabytes",
      description = "Size at which a new file is begun",
      min = "1",
      max = "10000",
      required = false)
  int megabytes() default 16;

  /** How many older files are kept. */
  @AttributeDefinition(
      name = "Files",
      description = "Older files that are kept",
      min = "1",
      max = "100000",
      required = false)
  int files() default 10;
}
