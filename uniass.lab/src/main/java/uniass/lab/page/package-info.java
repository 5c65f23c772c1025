/** Gathers what the page of a study shows. */
package uniass.lab.page;
