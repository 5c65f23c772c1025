package uniass.api.data;

/** The part of a data set that a picture belongs to. */
public enum Split {
  /** Normal pictures to learn from. */
  TRAIN,
  /** Normal pictures held out by the data set's authors. */
  VALIDATION,
  /** Pictures to judge. */
  TEST
}
