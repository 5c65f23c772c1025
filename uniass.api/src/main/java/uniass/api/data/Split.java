package uniass.api.data;

/** The part of a data set that a picture belongs to. */
public enum Split {
  /** Normal pictures to learn from. */
  TRAIN,
  /** Held out by the data set's authors: normal pictures, in BMAD anomalous ones beside them. */
  VALIDATION,
  /** Pictures to judge. */
  TEST
}
