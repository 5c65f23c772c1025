/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.source;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** A folder that images are put into. */
@ObjectClassDefinition(
    name = "UniAS watched folder",
    description = "Inspects the images that are put into a folder, then moves them")
public @interface FolderConfig {

  /** The source's name. */
  @AttributeDefinition(name = "Name", description = "A name for health, metrics and log")
  String name();

  /** The station. */
  @AttributeDefinition(name = "Station", description = "The station that inspects")
  String station();

  /** The folder. */
  @AttributeDefinition(
      name = "Folder",
      description = "The folder of images, which go to done/ or failed/ below it")
  String folder();

  /** When a file is taken for whole. */
  @AttributeDefinition(
      name = "Quiet",
      description = "Milliseconds without a change after which a file is taken for whole",
      min = "0",
      max = "3600000",
      required = false)
  int quiet() default 1000;

  /** How often the folder is looked at. */
  @AttributeDefinition(
      name = "Interval",
      description = "Milliseconds between looks at the folder",
      min = "10",
      max = "3600000",
      required = false)
  int interval() default 200;
}
