/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.sink;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** A program that results are posted to. */
@ObjectClassDefinition(
    name = "UniAS webhook",
    description = "Posts each result to an address, as JSON")
public @interface WebhookConfig {

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

  /** Where results go. */
  @AttributeDefinition(
      name = "URL",
      description = "The http or https address that results are posted to")
  String url();

  /** Sent along. */
  @AttributeDefinition(
      name = "Token",
      description = "Sent as 'Authorization: Bearer ...'; empty for none",
      type = AttributeType.PASSWORD,
      required = false)
  String token() default "";

  /** How long an answer may take. */
  @AttributeDefinition(
      name = "Timeout",
      description = "Milliseconds that an answer may take",
      min = "1",
      max = "600000",
      required = false)
  int timeout() default 10_000;
}
