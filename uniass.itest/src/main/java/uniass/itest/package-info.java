/** Black-box tests that run inside Felix and Equinox. */
package uniass.itest;
