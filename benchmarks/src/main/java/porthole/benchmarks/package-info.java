/** How fast codecs, bulk compression and whole sessions are: a corpus cut from the recordings, and what measures it. */
package porthole.benchmarks;
