/** Why a token, an assertion or an attempt was refused: findings in the order of their likelihood. */
package porthole.aad.explain;
