/** Trials of a frozen study: what must not change, how one runs, what it leaves. */
package uniass.lab.trial;
