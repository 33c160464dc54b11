/** MS-RDPBCGR 2.2.18 RDS AAD Auth PDUs: JSON text and one zero octet. */
package porthole.protocol.rdsaad;
