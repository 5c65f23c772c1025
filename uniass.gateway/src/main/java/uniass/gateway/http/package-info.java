/**
 * HTTP without servlets: what the gateway sees of a request and a response. A bundle per kind of
 * servlet ({@code jakarta}, {@code javax}) hosts {@link uniass.gateway.http.HttpFront} under {@code
 * /uniass}.
 */
@Export
@Version("1.0.0")
package uniass.gateway.http;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
