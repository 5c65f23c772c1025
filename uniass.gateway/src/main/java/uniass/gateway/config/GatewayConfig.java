/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.config;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** What all stations, and the HTTP interface, share. */
@ObjectClassDefinition(
    name = "UniAS gateway",
    description = "What all stations and the HTTP interface share")
public @interface GatewayConfig {

  /** Where state is kept. */
  @AttributeDefinition(
      name = "State",
      description = "Folder for what must survive a restart; empty to keep nothing",
      required = false)
  String state() default "";

  /** Who may do what. */
  @AttributeDefinition(
      name = "Tokens",
      description =
          "File with one line per token: view, inspect or operate, a space, the token."
              + " Without it, only this machine is served",
      required = false)
  String tokens() default "";

  /** The largest body of a request. */
  @AttributeDefinition(
      name = "Megabytes",
      description = "Largest image file that is accepted",
      min = "1",
      max = "1000",
      required = false)
  int megabytes() default 32;

  /** The largest image. */
  @AttributeDefinition(
      name = "Megapixels",
      description = "Largest image that is decoded",
      min = "1",
      max = "1000",
      required = false)
  int megapixels() default 25;

  /** How many results are kept. */
  @AttributeDefinition(
      name = "Results",
      description = "Results that can be asked for later",
      min = "1",
      max = "100000",
      required = false)
  int results() default 1000;

  /** Memory for images and maps of results. */
  @AttributeDefinition(
      name = "Evidence",
      description = "Megabytes of memory for images and maps of the last results",
      min = "1",
      max = "10000",
      required = false)
  int evidence() default 64;

  /** Disk for images and maps of results. */
  @AttributeDefinition(
      name = "Disk",
      description =
          "Megabytes of disk for images and maps of the last results, and as many for those that"
              + " people judged; only with a folder for state",
      min = "1",
      max = "10000000",
      required = false)
  int disk() default 500;

  /** Whose models may be used. */
  @AttributeDefinition(
      name = "Trust",
      description =
          "PEM file with certificates: only models in jars that one of them signed, or vouches"
              + " for, are accepted; empty to accept all",
      required = false)
  String trust() default "";

  /** Images per forward pass. */
  @AttributeDefinition(
      name = "Batch",
      description = "Most images per forward pass",
      min = "1",
      max = "256",
      required = false)
  int batch() default 8;

  /** How long a batch waits for images that have arrived already. */
  @AttributeDefinition(
      name = "Window",
      description =
          "Milliseconds that a batch waits for further images; only for such as have arrived",
      min = "0",
      max = "1000",
      required = false)
  int window() default 20;
}
