/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.mqtt;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Topics that images come from. */
@ObjectClassDefinition(
    name = "UniAS MQTT images",
    description = "Inspects the images that are published to a broker's topic")
public @interface MqttSourceConfig {

  /** The source's name. */
  @AttributeDefinition(name = "Name", description = "A name for health, metrics and log")
  String name();

  /** The station. */
  @AttributeDefinition(name = "Station", description = "The station that inspects")
  String station();

  /** The broker. */
  @AttributeDefinition(
      name = "URL",
      description = "The broker: mqtt://HOST[:PORT], or mqtts://HOST[:PORT] with TLS")
  String url();

  /** Where on the broker. */
  @AttributeDefinition(
      name = "Topic",
      description = "The topic of image files; may have the wildcards + and #")
  String topic();

  /** What the broker calls this client. */
  @AttributeDefinition(
      name = "Client",
      description =
          "Client id, which nobody else at the broker has; with one, the broker keeps images that"
              + " were published with QoS 1 for up to a day while this gateway is away; empty for"
              + " a random one",
      required = false)
  String client() default "";

  /** Largest message. */
  @AttributeDefinition(
      name = "Megabytes",
      description = "Largest image file that is taken; the broker keeps larger ones back",
      min = "1",
      max = "256",
      required = false)
  int megabytes() default 32;

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
