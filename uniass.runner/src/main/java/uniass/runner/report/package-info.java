/**
 * The report of an evaluation: one HTML file that opens without a network. {@link
 * uniass.runner.report.ReportWriter} is the way in.
 */
package uniass.runner.report;
