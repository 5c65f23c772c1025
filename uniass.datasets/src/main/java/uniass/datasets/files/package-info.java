/** Which files of a folder are images, and which are left out. */
package uniass.datasets.files;
