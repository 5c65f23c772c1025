package uniass.api.experiment;

import uniass.api.UniassException;
import uniass.api.experiment.Experiments.EvaluationResult;

/** An evaluation came to its end, but some of its files could not be written: nothing is lost. */
public class UnwrittenResultException extends UniassException {

  private static final long serialVersionUID = 1L;

  private final transient EvaluationResult result;

  /** Creates the error with the first write that failed, and what was computed nonetheless. */
  public UnwrittenResultException(UniassException failure, EvaluationResult result) {
    super(failure.getMessage(), failure);
    this.result = result;
  }

  /** All figures; its files are those that could be written. */
  public EvaluationResult result() {
    return result;
  }
}
