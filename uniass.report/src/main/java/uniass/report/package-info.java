/**
 * The HTML report of an evaluation: one file with metrics, verdicts, curves and images.
 *
 * <pre>{@code
 * new ReportWriter().write(Path.of("report.html"), data);
 * }</pre>
 */
@Export
@Version("1.0.0")
package uniass.report;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
