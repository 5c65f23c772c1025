/**
 * What a gateway offers other bundles, and what they may bring.
 *
 * <ul>
 *   <li>A <b>source</b> of images is any component that references {@link uniass.gateway.Stations}
 *       and calls {@code submit}: a watched folder, a broker's topic, a camera's driver. Its own
 *       factory configuration names the station. An image is taken once its future is done; {@link
 *       uniass.gateway.RefusedException} says whether trying again makes sense. As a service {@link
 *       uniass.gateway.ImageSource} it is shown in health and metrics.
 *   <li>A <b>sink</b> is a service {@link uniass.gateway.VerdictSink}. The gateway calls it in a
 *       thread of its own, in the results' order, and tries again if it fails.
 *   <li>{@link uniass.gateway.Results} holds the last results, and what was seen, for whoever shows
 *       them.
 * </ul>
 */
@Export
@Version("1.0.0")
package uniass.gateway;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
