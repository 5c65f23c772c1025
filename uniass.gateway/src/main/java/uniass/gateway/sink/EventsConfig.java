/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.sink;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Results as events of OSGi's EventAdmin. */
@ObjectClassDefinition(
    name = "UniAS events",
    description = "Sends each result as an event with the topic uniass/verdict/STATION")
public @interface EventsConfig {

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
}
