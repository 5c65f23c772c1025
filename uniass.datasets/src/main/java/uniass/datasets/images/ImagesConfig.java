/* SPDX-License-Identifier: Apache-2.0 */
package uniass.datasets.images;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** What an operator may change about images while the framework runs. */
@ObjectClassDefinition(
    name = "UniAS images",
    description = "How images are decoded ahead and cached on disk.")
@interface ImagesConfig {

  /** The cache's bound. */
  @AttributeDefinition(
      name = "Cache size",
      description = "Most megabytes that decoded and resized images take on disk; 0 is off.",
      min = "0")
  long cache_megabytes() default 8192;

  /** The cache's place. */
  @AttributeDefinition(
      name = "Cache folder",
      description =
          "Empty: what the framework or system property uniass.cache says ('off' is off), else"
              + " uniass in the user's cache folder.",
      required = false)
  String cache_folder() default "";

  /** Threads that decode. */
  @AttributeDefinition(
      name = "Threads",
      description = "Threads that decode images ahead; 0 is one a processor.",
      min = "0",
      max = "256")
  int threads() default 0;
}
