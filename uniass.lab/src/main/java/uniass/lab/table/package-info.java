/** Tables of a study: results per trial, comparisons, costs, as CSV, Markdown and LaTeX. */
package uniass.lab.table;
