/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.mqtt;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** A broker that results are published to. */
@ObjectClassDefinition(
    name = "UniAS MQTT results",
    description = "Publishes each result to a broker, as JSON, with QoS 1")
public @interface MqttSinkConfig {

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

  /** The broker. */
  @AttributeDefinition(
      name = "URL",
      description = "The broker: mqtt://HOST[:PORT], or mqtts://HOST[:PORT] with TLS")
  String url();

  /** Where on the broker. */
  @AttributeDefinition(
      name = "Topic",
      description = "Results go to TOPIC/verdict/STATION, online or offline to TOPIC/status",
      required = false)
  String topic() default "uniass";

  /** What the broker calls this client. */
  @AttributeDefinition(
      name = "Client",
      description = "Client id, which nobody else at the broker has; empty for a random one",
      required = false)
  String client() default "";

  /** Who connects. */
  @AttributeDefinition(
      name = "Credentials",
      description = "File with the lines 'user NAME' and 'password SECRET'; empty for none",
      required = false)
  String credentials() default "";

  /** Whom to trust. */
  @AttributeDefinition(
      name = "Trust",
      description = "PEM file with the broker's authority; empty for those that Java knows",
      required = false)
  String trust() default "";

  /** Who this client is. */
  @AttributeDefinition(
      name = "Identity",
      description =
          "PKCS #12 file with this client's certificate and key, opened with the line"
              + " 'identity SECRET' of the credentials; empty for none",
      required = false)
  String identity() default "";
}
