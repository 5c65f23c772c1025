/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.results;

/**
 * How a sink does.
 *
 * @param name its name
 * @param delivered results that it has taken
 * @param dropped results that were dropped because too many waited
 * @param waiting results that wait
 * @param failure why the last attempt failed, or what is known to be wrong; else empty
 */
public record SinkStatus(String name, long delivered, long dropped, int waiting, String failure) {}
