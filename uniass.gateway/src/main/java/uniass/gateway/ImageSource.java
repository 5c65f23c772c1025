/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * A source of images. Whoever calls {@link Stations} may also register itself as this service, so
 * that health and metrics show how it does; {@link SourceReport} does the counting.
 */
@ConsumerType
@FunctionalInterface
public interface ImageSource {

  /** How it does now. */
  SourceStatus status();
}
