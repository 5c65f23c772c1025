/** What a training notes of each epoch: {@code history.csv} and TensorBoard's event file. */
package uniass.runner.history;
