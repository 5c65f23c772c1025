/** What a study's file says: factors, designs, seeds, and the trials that follow from them. */
package uniass.lab.study;
