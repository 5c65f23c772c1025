/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.source;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Events that carry images. */
@ObjectClassDefinition(
    name = "UniAS events with images",
    description = "Inspects the images of EventAdmin's events")
public @interface EventsSourceConfig {

  /** The source's name. */
  @AttributeDefinition(name = "Name", description = "A name for health, metrics and log")
  String name();

  /** The station. */
  @AttributeDefinition(name = "Station", description = "The station that inspects")
  String station();

  /** The events' topic. */
  @AttributeDefinition(
      name = "Topic",
      description = "The topic of the events, such as camera/image; camera/* for all below it")
  String topic();
}
