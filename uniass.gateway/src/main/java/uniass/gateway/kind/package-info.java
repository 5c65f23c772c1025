/**
 * For bundles that bring kinds of sinks and sources: how their configurations are checked before
 * anything starts. Keys come from the metatype ({@code @ObjectClassDefinition}) of the factory PIDs
 * {@code uniass.sink.KIND} and {@code uniass.source.KIND}: one without a default is mandatory. What
 * a metatype cannot say, a service {@link uniass.gateway.kind.ConfigurationCheck} does.
 */
@Export
@Version("1.0.0")
package uniass.gateway.kind;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
