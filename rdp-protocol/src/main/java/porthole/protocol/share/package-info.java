/**
 * MS-RDPBCGR 2.2.8.1.1.1 share headers and the PDUs behind them.
 *
 * <p>One MCS message may hold several share PDUs; {@link ShareControlPdu#decodeAll} shows how to go from one to the next.
 */
package porthole.protocol.share;
